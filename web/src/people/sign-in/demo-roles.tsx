/** The demo clinic lets anybody try every role; a real clinic never does. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { demoSignIn, sessionRoles } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { roleWords } from '../roles.ts'
import css from './sign-in.module.css'

export function DemoRoles({ onDone }: { onDone: (role: string) => unknown }) {
  const { i18n } = useLingui()
  const signing = useMutation({
    mutationFn: (role: (typeof sessionRoles)[number]) => call(demoSignIn, { body: { role } }),
    onSuccess: ({ role }) => onDone(role),
  })
  return (
    <Card as="section" aria-labelledby="demo-roles">
      <h2 id="demo-roles">
        <Trans>Try the demo as</Trans>
      </h2>
      <p className={css.hint}>
        <Trans>Only a demo clinic has this. Nobody here is real.</Trans>
      </p>
      <Refusal error={signing.error} />
      <div className={css.roles}>
        {sessionRoles.map((role) => (
          <Button
            key={role}
            variant="default"
            size="sm"
            aria-disabled={signing.isPending}
            onClick={() => !signing.isPending && signing.mutate(role)}
          >
            {roleWords[role] && i18n._(roleWords[role])}
          </Button>
        ))}
      </div>
    </Card>
  )
}
