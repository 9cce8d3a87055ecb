nianbao.add("infant-deaths",{"unit":"例","periods":["2021"],"why":[],"rows":{"429006":["11"]}});
