// Copy the lines to type, without prompts and results, so that they can be pasted and run.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-clipboard-target]");
  const code = button && document.querySelector(button.dataset.clipboardTarget);
  if (!code?.querySelector(".gp")) return;
  const lines = [];
  for (const line of code.textContent.split("\n")) {
    if (line.startsWith(">>>") || line.startsWith("...")) lines.push(line.slice(4));
    else if (line.startsWith("$ ")) lines.push(line.slice(2));
  }
  button.setAttribute("data-clipboard-text", lines.join("\n"));
}, true);
