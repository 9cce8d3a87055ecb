nianbao.add("live-births",{"unit":"例","counted":true,"periods":["2021"],"why":[],"rows":{"429006":["4000"]}});
