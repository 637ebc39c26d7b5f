// The shop works without this: it counts down, shows the delivery's price at once, and tells the
// snippet of the order.
"use strict";

const dinars = amount =>
  Math.round(amount).toString().replace(/\B(?=(\d{3})+$)/g, "\u202F") + "\u00A0DA";

const timer = document.querySelector("time[data-left]");
if (timer) {
  const end = Date.now() + Number(timer.dataset.left) * 1000;
  const show = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    timer.closest(".hold").classList.toggle("soon", left < 120);
    if (left === 0) {
      clearInterval(ticking);
      timer.closest(".hold").classList.add("over");
    }
  };
  const ticking = setInterval(show, 1000);
}

const form = document.querySelector("form.order");
if (form) {
  const wilaya = form.elements.namedItem("wilaya");
  const show = () => {
    const { fee, days } = wilaya.selectedOptions[0].dataset;
    if (!fee) return;
    const total = Number(form.dataset.worth) + Number(fee);
    document.getElementById("fee").textContent = dinars(Number(fee));
    document.getElementById("total").textContent = dinars(total);
    // The snippet sees these change, and tells them.
    form.dataset.sojournTotal = total.toFixed(2);
    form.dataset.sojournShipping = JSON.stringify(
      { method: "Yalidine", fee: Number(fee).toFixed(2), days: Number(days), available: true });
  };
  wilaya.addEventListener("change", show);
  show();
}

const placed = document.querySelector("[data-order]");
if (placed) {
  window.sojourn = window.sojourn
    || function () { (window.sojourn.q = window.sojourn.q || []).push(arguments); };
  const { order, total, currency } = placed.dataset;
  const told = "told " + order;
  if (!sessionStorage.getItem(told)) {
    sessionStorage.setItem(told, "1");
    window.sojourn("track", "order_submitted", { order_id: order, total, currency });
  }
}
