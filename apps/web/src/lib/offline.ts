/** Lets the browser open this screen without network from now on. What it keeps is the app's own code, nothing else. */
export const openOffline = async (): Promise<void> => {
  // Beside the build's server the files change too often to be kept.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/sw.js')
  } catch {
    // A browser that forbids it, or that is offline just now, works as before: with a network.
  }
}
