/* The print button: it is shown only where this script runs. */
(function () {
  "use strict";
  var buttons = document.querySelectorAll("button.print");
  for (var i = 0; i < buttons.length; i++) {
    buttons[i].hidden = false;
    buttons[i].addEventListener("click", function () { window.print(); });
  }
})();
