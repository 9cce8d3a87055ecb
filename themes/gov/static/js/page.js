/* The print button, shown only where this script runs; wide tables over time open at their newest end. */
(function () {
  "use strict";
  var i;
  var buttons = document.querySelectorAll("button.print");
  for (i = 0; i < buttons.length; i++) {
    buttons[i].hidden = false;
    buttons[i].addEventListener("click", function () { window.print(); });
  }
  var newest = document.querySelectorAll(".scroll > table th.newest");
  for (i = 0; i < newest.length; i++) {
    var region = newest[i].closest(".scroll");
    region.scrollLeft = newest[i].offsetLeft + newest[i].offsetWidth - region.clientWidth;
  }
})();
