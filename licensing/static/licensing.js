// What JavaScript adds to pages that all work without it: the GOV.UK behaviours, and a warning
// two minutes before an idle session ends. Pages of nobody signed in carry no data-idle-seconds.
import { initAll } from "govuk-frontend";

const WARNING_MS = 2 * 60 * 1000;

/** Warn before the session ends, and cover the page when it has. */
class SessionWarning {
  constructor(dialog, { person, idleSeconds, staySignedIn }) {
    this.dialog = dialog;
    this.person = person;
    this.idleMs = Number(idleSeconds) * 1000;
    this.stayUrl = staySignedIn;
    this.form = dialog.querySelector("form");
    this.failed = dialog.querySelector("[data-session-failed]");
    // Every page opened in another tab prolongs the one session that all tabs share.
    this.channel = new BroadcastChannel("session");
    this.channel.addEventListener("message", ({ data }) => this.hear(data));
    this.form.addEventListener("submit", (event) => this.stay(event));
    // Escape puts the warning away, but not the cover once the session has ended.
    dialog.addEventListener("close", () => {
      if (Date.now() >= this.endsAt) this.show("ended");
    });
    // Timers sleep with a laptop; the clock does not.
    document.addEventListener("visibilitychange", () => this.check());
    this.prolonged();
  }

  prolonged() {
    this.channel.postMessage({ person: this.person, token: this.form.elements.csrf_token.value });
    this.restart();
  }

  /** The same person is active in another tab: carry on here, with the form token of their present session. */
  hear({ person, token }) {
    if (person !== this.person) return;
    for (const field of document.getElementsByName("csrf_token")) field.value = token;
    this.restart();
  }

  restart() {
    this.endsAt = Date.now() + this.idleMs;
    this.dialog.close();
    this.check();
  }

  check() {
    clearTimeout(this.timer);
    const left = this.endsAt - Date.now();
    if (left <= 0) {
      this.show("ended");
      return;
    }
    if (left <= WARNING_MS) this.show("ending");
    this.timer = setTimeout(() => this.check(), left > WARNING_MS ? left - WARNING_MS : left);
  }

  show(state) {
    const ended = state === "ended";
    this.dialog.querySelector("[data-session-ending]").hidden = ended;
    this.dialog.querySelector("[data-session-ended]").hidden = !ended;
    this.dialog.classList.toggle("session-warning--ended", ended);
    this.dialog.querySelector("[data-session-ends-at]").textContent = new Date(
      this.endsAt,
    ).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true });
    if (!this.dialog.open) this.dialog.showModal();
  }

  async stay(event) {
    event.preventDefault();
    this.failed.hidden = true;
    try {
      const answer = await fetch(this.stayUrl, {
        method: "POST",
        body: new FormData(this.form),
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.statusText);
      this.prolonged();
    } catch {
      this.failed.hidden = false;
    }
  }
}

const dialog = document.getElementById("session-warning");
if (dialog && document.body.dataset.idleSeconds) new SessionWarning(dialog, document.body.dataset);

initAll();

// A form that takes a while says so, and cannot be sent twice.
for (const form of document.querySelectorAll("form[data-working]")) {
  form.addEventListener("submit", () => {
    const status = document.createElement("div");
    status.className = "progress";
    status.setAttribute("role", "status");
    const words = document.createElement("p");
    words.className = "govuk-body progress__label";
    words.textContent = form.dataset.working;
    const bar = document.createElement("progress");
    bar.className = "progress__bar";
    bar.setAttribute("aria-label", form.dataset.working);
    status.append(words, bar);
    form.append(status);
    form.querySelector("button").disabled = true;
  });
}

// What a page kept of an unsent form goes with whoever typed it: on signing out, and where nobody is signed in.
function forgetKept() {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("kept:")) sessionStorage.removeItem(name);
  }
}
document.querySelector(".masthead__account form")?.addEventListener("submit", forgetKept);
if (location.pathname === "/sign-in") forgetKept();
