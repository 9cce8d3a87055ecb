nianbao.add("infant-mortality",{"unit":"‰","counted":false,"periods":["2021","2022","2023-H1","2023"],"why":[],"rows":{"370800":[0,"3.0","2.9","2.8"],"429006":["2.75","2.5",0,"2.1"]}});
