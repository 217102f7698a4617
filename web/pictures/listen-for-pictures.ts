/**
 * Takes pictures that are dropped anywhere on the page, or pasted. While one is dragged over it, the
 * root element has `data-dragging`.
 *
 * @param open - gets the first file of several
 */
export function listenForPictures(open: (file: File) => void): void {
  const root = document.documentElement;
  const take = (event: Event, data: DataTransfer | null): void => {
    const [file] = data?.files ?? [];
    if (file === undefined) return;
    event.preventDefault();
    open(file);
  };
  addEventListener("paste", (event) => take(event, event.clipboardData));
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    root.dataset.dragging = "";
  });
  addEventListener("dragleave", (event) => {
    // Leaving an element for another one is no leaving of the page.
    if (event.relatedTarget === null) delete root.dataset.dragging;
  });
  addEventListener("drop", (event) => {
    delete root.dataset.dragging;
    take(event, event.dataTransfer);
  });
}
