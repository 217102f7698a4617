/** Hands a file to the browser's downloads; nothing is sent anywhere. */
export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken hold of the content by the time the page gets a turn again.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
