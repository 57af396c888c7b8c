(() => {
  const list = document.getElementById("reports"), none = document.getElementById("none");
  const box = document.getElementById("filter"), order = document.getElementById("order");
  const articles = [...list.querySelectorAll("article")];
  const filter = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const article of articles) {
      const shown = words.every((word) => article.dataset.words.includes(word));
      article.hidden = !shown;
      count += shown;
    }
    document.getElementById("count").textContent = count;
    none.hidden = count > 0;
  };
  const sort = () => {
    const key = order.value, turn = key === "created" ? -1 : 1;
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    articles.sort((a, b) => turn * compare(a.dataset[key], b.dataset[key]) || compare(a.dataset.name, b.dataset.name));
    list.prepend(...articles);
  };
  box.addEventListener("input", filter);
  order.addEventListener("change", sort);
  document.getElementById("failures")?.addEventListener("click", (event) => {
    event.preventDefault();
    box.value = event.target.dataset.word;
    filter();
  });
  if (box.value) filter();
  if (order.value !== "name") sort();
})();
