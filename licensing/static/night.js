// What is typed on the page of an operation's night, kept in this tab while the line is down. The page works without it.
// It is kept for one person and one form; it goes when what was typed stands on the page, and with signing out (licensing.js).
const form = document.querySelector("form[data-keeps]");
const offer = document.querySelector("[data-kept-offer]");
const offline = document.querySelector("[data-kept-offline]");
const LEFT_OUT = ["csrf_token", "submit"];

/** The typed answers, without the token of the form. */
function typed() {
  return [...new FormData(form)].filter(([name]) => !LEFT_OUT.includes(name));
}

function isWorthKeeping(answers) {
  return answers.some(([name, value]) => name !== "finding" && value.trim());
}

function putBack(answers) {
  for (const [name, value] of answers) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value; // of radios the one with this value is ticked
  }
}

if (form) {
  const place = `kept:${document.body.dataset.person}:${form.dataset.keeps}`;
  // Nobody finds what somebody else typed in this tab.
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("kept:") && name !== place) sessionStorage.removeItem(name);
  }
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  const sent = kept && document.getElementById(`finding-${Object.fromEntries(kept).finding}`);
  if (sent) sessionStorage.removeItem(place);
  else if (kept && !isWorthKeeping(typed())) offer.hidden = false;

  form.addEventListener("input", () => {
    const answers = typed();
    if (isWorthKeeping(answers)) sessionStorage.setItem(place, JSON.stringify(answers));
    else sessionStorage.removeItem(place);
  });
  form.addEventListener("submit", (event) => {
    offline.hidden = navigator.onLine;
    if (!navigator.onLine) event.preventDefault();
  });
  offer.querySelector("[data-kept-back]").addEventListener("click", () => {
    putBack(kept);
    offer.hidden = true;
    form.elements.namedItem("what").focus();
  });
  offer.querySelector("[data-kept-away]").addEventListener("click", () => {
    sessionStorage.removeItem(place);
    offer.hidden = true;
    form.elements.namedItem("what").focus();
  });
}
