/** Mantine around a staff page: its theme, its styles and its variables, none of which a patient's page loads. */
import './styles.ts'
import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  DirectionProvider,
  MantineProvider,
  mergeMantineTheme,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { ourVariables, theme } from './theme.ts'

/** The page's policy allows no style element: the variables come as a sheet of the script's own. */
function addVariables() {
  const { variables, light, dark } = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))
  const sheet = new CSSStyleSheet()
  const all = { variables, light: { ...light, ...ourVariables }, dark: { ...dark, ...ourVariables } }
  sheet.replaceSync(convertCssVariables(all, ':root'))
  document.adoptedStyleSheets.push(sheet)
}

addVariables()

/** Parts inside must not be given sizes by screen width (`p={{ base: 'md' }}`): Mantine writes a style element for these. */
export function MantineAround({ children }: { children: ReactNode }) {
  return (
    <DirectionProvider detectDirection>
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        {children}
      </MantineProvider>
    </DirectionProvider>
  )
}
