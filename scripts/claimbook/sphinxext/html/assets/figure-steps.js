// The slider above a figure: it shows the marks of one step, such as a month, or those of the whole.
(() => {
  for (const box of document.querySelectorAll(".cb-steps")) {
    const figure = box.closest("figure");
    const slider = box.querySelector("input");
    const steps = JSON.parse(box.dataset.steps);
    const show = () => {
      const [label, text] = steps[slider.value];
      figure.classList.toggle("cb-stepped", slider.value !== "0");
      for (const mark of figure.querySelectorAll(".cb-step")) mark.classList.toggle("cb-now", mark.dataset.step === slider.value);
      slider.setAttribute("aria-valuetext", label);
      box.querySelector("output").textContent = `${label}: ${text}`;
    };
    slider.addEventListener("input", show);
    addEventListener("pageshow", show); // a browser may restore the slider's place after the load
    show();
    box.hidden = false;
  }
})();
