// Looks every 30 seconds whether somebody has reported a number or something has become due. It shows the page anew, but
// never while somebody is typing or has marked something: then it only says that there is news.
"use strict";
(() => {
  const news = document.getElementById("news");
  if (!news) return;

  const isBusy = () =>
    !document.getSelection().isCollapsed ||
    (document.activeElement && document.activeElement.matches("input, textarea, select"));

  const look = async () => {
    const answer = await fetch(`${news.dataset.ask}?auto=1`, { redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      location.reload(); // signed out: the page says so by itself
      return;
    }
    if (!answer.ok || (await answer.text()) === news.dataset.signs) return;
    if (isBusy()) news.hidden = false;
    else location.replace(news.querySelector("a").href);
  };

  // A network that is away for a moment is no news: the next look follows.
  setInterval(() => look().catch(() => undefined), 30000);
})();
