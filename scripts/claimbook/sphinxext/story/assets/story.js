// The pictures of a story follow the reading: those of the step at the reader's eye, or of the one with the keyboard's
// focus, are shown. Without this script each step has its pictures beside it.
(() => {
  const EYE = 0.6; // of the height of the window, from its top
  for (const story of document.querySelectorAll(".cb-story")) {
    const steps = [...story.querySelectorAll(":scope > section")];
    const show = (now) => steps.forEach((step) => step.classList.toggle("cb-now", step === now));
    const read = () => {
      const begun = steps.filter((step) => step.getBoundingClientRect().top <= innerHeight * EYE);
      show(begun.at(-1) ?? steps[0]);
    };
    const observer = new IntersectionObserver(read, { rootMargin: `-${EYE * 100}% 0px -${100 - EYE * 100}% 0px` });
    for (const step of steps) {
      observer.observe(step);
      step.addEventListener("focusin", () => show(step));
    }
    read();
    story.classList.add("cb-live");
  }
})();
