/** A link that looks like a button: it goes somewhere, so it is a link to keyboards, screen readers and new tabs. */
import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

type LookProps = Omit<ComponentProps<'a'>, 'color' | 'style'> & Pick<ButtonProps, 'variant' | 'fullWidth'>

const Looks = (props: LookProps) => <Button component="a" {...props} />

/** Takes what a `Link` takes, and a button's `variant`. */
export const ButtonLink = createLink(Looks)
