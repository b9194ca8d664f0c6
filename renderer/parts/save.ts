/** Gives the person a file of this text; the browser or the desktop asks where it goes. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The bytes are taken soon after the click; the page must not keep an address alive that may hold passwords.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
