/** Attend's look for Mantine: deep teal on warm paper, AA contrast everywhere, targets of 48 px. Colours are in tokens.css. For staff pages only. */
import { Button, createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#eaf6f3',
  '#d3ebe6',
  '#abd9d1',
  '#82c9be',
  '#55b0a4',
  '#2f9488',
  '#187a70',
  '#0f655e',
  '#0b4f4a',
  '#083b38',
]
const sand: MantineColorsTuple = [
  '#fbf7f0',
  '#f5efe4',
  '#eae1d2',
  '#d9cdba',
  '#b9ad9a',
  '#8d8375',
  '#6c6459',
  '#524c44',
  '#38342e',
  '#221f1b',
]
/** Mantine's dark scale runs from text (0) to the deepest ground (9). */
const night: MantineColorsTuple = [
  '#e9f1ee',
  '#cbd8d4',
  '#aebdb8',
  '#82948f',
  '#566864',
  '#364845',
  '#243532',
  '#192826',
  '#0f1a19',
  '#0a1211',
]

const tall = { '--button-height': '3rem', '--button-padding-x': '1.5rem', '--button-fz': '1.0625rem' }
const looks: Record<string, Record<string, string>> = {
  filled: {
    '--button-bg': 'var(--brand)',
    '--button-hover': 'var(--brand-strong)',
    '--button-color': 'var(--on-brand)',
  },
  light: { '--button-bg': 'var(--brand-wash)', '--button-hover': 'var(--wash)', '--button-color': 'var(--link)' },
}
const small = { '--button-height': '2.75rem', '--button-padding-x': '1rem', '--button-fz': '1rem' }

export const theme = createTheme({
  colors: { teal, gray: sand, dark: night },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: 'inherit',
  fontSizes: { xs: '0.9375rem', sm: '1rem', md: '1.0625rem', lg: '1.1875rem', xl: '1.375rem' },
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.55', lg: '1.55', xl: '1.4' },
  radius: { xs: '4px', sm: '8px', md: '12px', lg: '18px', xl: '28px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: Button.extend({
      vars: (_theme, { size, variant = 'filled', color }) => ({
        root: { ...(size === 'sm' ? small : tall), ...(!color && looks[variant]) },
      }),
    }),
    // By name only: staff pages use our native fields (ui/field.tsx) and do not carry Mantine's.
    Input: { vars: () => ({ wrapper: { '--input-height': '3rem', '--input-fz': '1.0625rem' } }) },
    InputWrapper: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
  },
})

/** Our tokens under Mantine's own names, so that its parts and ours never drift apart. */
export const ourVariables = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--wash)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
}
