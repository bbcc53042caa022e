// Lets a reader go through a chart point by point, by keys or by pointing. Without this file the table says it all.
(() => {
  "use strict";

  const NAMES = "http://www.w3.org/2000/svg";

  const ring = (svg, mark) => {
    let circle = svg.querySelector(".chart-ring");
    if (!circle) {
      circle = document.createElementNS(NAMES, "circle");
      circle.setAttribute("class", "chart-ring");
      circle.setAttribute("r", "8");
      svg.append(circle);
    }
    const box = mark.querySelector("path").getBBox();
    circle.setAttribute("cx", box.x + box.width / 2);
    circle.setAttribute("cy", box.y + box.height / 2);
  };

  const marksOf = (svg) => [...svg.querySelectorAll("[data-point]")];
  const wordsOf = (mark) => mark.querySelector("title").textContent;

  // Both drawings have the same marks; only the one that is seen can be measured, so the ring is set in each that can.
  const read = (figure, number) => {
    const range = figure.querySelector("[data-read]");
    const told = figure.querySelector("[data-told]");
    figure.querySelectorAll("svg.chart--wide, svg.chart--narrow").forEach((svg) => {
      const mark = marksOf(svg)[number];
      told.textContent = wordsOf(mark);
      if (svg.getBoundingClientRect().width) ring(svg, mark);
    });
    range.value = number + 1;
    range.setAttribute("aria-valuetext", told.textContent);
  };

  const nearest = (svg, event) => {
    const distance = (mark) => {
      const box = mark.getBoundingClientRect();
      return Math.abs(box.left + box.width / 2 - event.clientX);
    };
    const marks = marksOf(svg);
    return marks.indexOf(marks.reduce((best, mark) => (distance(mark) < distance(best) ? mark : best)));
  };

  const prepare = (figure) => {
    const range = figure.querySelector("[data-read]");
    const first = figure.querySelector("svg.chart");
    if (!range || !first || range.max !== "1") return;
    const count = marksOf(first).length;
    if (!count) return;
    range.max = count;
    read(figure, count - 1);
    figure.querySelectorAll(".chart-ring").forEach((one) => one.remove());
    range.addEventListener("input", () => read(figure, Number(range.value) - 1));
    range.addEventListener("focus", () => read(figure, Number(range.value) - 1));
    figure.querySelectorAll("svg.chart--wide, svg.chart--narrow").forEach((svg) =>
      svg.addEventListener("click", (event) => read(figure, nearest(svg, event))),
    );
    figure.querySelector(".reader").removeAttribute("hidden");
  };

  const prepareAll = () => document.querySelectorAll("[data-chart]").forEach(prepare);

  prepareAll();
  document.addEventListener("htmx:after:swap", prepareAll);
})();
