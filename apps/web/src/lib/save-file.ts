/** Gives a file to the person as the browser does with downloads. */
export const saveFile = (file: Blob, name: string): void => {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the file once the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
