import { createTheme, type MantineColorsTuple, virtualColor } from '@mantine/core'

// The tuples only tell Mantine which colours exist: their values on screen are the variables in mantine.css.
const coal: MantineColorsTuple = [
  '#F3F4F6',
  '#E4E6EB',
  '#CDD1DA',
  '#858B99',
  '#626978',
  '#464C59',
  '#14161C',
  '#14161C',
  '#14161C',
  '#14161C',
]
const snow: MantineColorsTuple = [
  '#ECEEF2',
  '#ECEEF2',
  '#ECEEF2',
  '#ECEEF2',
  '#ECEEF2',
  '#ECEEF2',
  '#ECEEF2',
  '#ECEEF2',
  '#B3B8C4',
  '#8F96A4',
]
const majorelle: MantineColorsTuple = [
  '#ECEDFC',
  '#D5D7F9',
  '#B9BCF5',
  '#A3A8FF',
  '#7C80F2',
  '#5459EA',
  '#3538CD',
  '#2C2FB0',
  '#232690',
  '#1B1D70',
]

/** Dialogs never lock the page by a style tag; `Dialog` and `SidePanel` set a class of our own instead. */
const dialog = { lockScroll: false, transitionProps: { duration: 160 }, overlayProps: { backgroundOpacity: 0.4 } }

export const theme = createTheme({
  colors: { coal, snow, majorelle, ink: virtualColor({ name: 'ink', light: 'coal', dark: 'snow' }) },
  primaryColor: 'ink',
  primaryShade: 6,
  autoContrast: true,
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { ...dialog, centered: true, radius: 'lg' } },
    Drawer: { defaultProps: dialog },
    Checkbox: { defaultProps: { color: 'majorelle', size: 'xs' } },
    Radio: { defaultProps: { color: 'majorelle', size: 'xs' } },
    Switch: { defaultProps: { color: 'majorelle', size: 'sm' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md', withCheckIcon: false, allowDeselect: false } },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        transitionProps: { duration: 120 },
        position: 'bottom-start',
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } },
  },
})
