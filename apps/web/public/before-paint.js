// Sets language, direction and colour scheme before the first paint. A file of its own, because the content security
// policy forbids inline scripts; the keys and values are those of src/lib/preferences.ts, and a test compares them.
{
  const kept = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const root = document.documentElement

  const languages = ['fr', 'en', 'ar']
  const language = languages.includes(kept('sendocki.language')) ? kept('sendocki.language') : 'fr'
  root.lang = language
  root.dir = language === 'ar' ? 'rtl' : 'ltr'

  const schemes = ['light', 'dark']
  const wanted = kept('sendocki.scheme')
  const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  root.dataset.mantineColorScheme = schemes.includes(wanted) ? wanted : preferred

  // The frame around the page follows a choice; without one the page's own two colours follow the system.
  const grounds = { light: '#f3f4f6', dark: '#0c0d10' }
  if (schemes.includes(wanted))
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = grounds[wanted]
  document.getElementById('manifest').setAttribute('href', `/manifest.${language}.webmanifest`)

  if (language === 'ar') {
    const font = document.getElementById('arabic-font')
    font.crossOrigin = 'anonymous'
    font.as = 'font'
    font.rel = 'preload'
  }
}
