/** Adds a room, a device or an interpreter, or changes one; kind and name say which. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { readMonth } from '../../../../server/scheduling/desk/contract.ts'
import { saveResource } from '../../../../server/scheduling/resources/contract.ts'
import { asking, call, clinicNow } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useHouse } from '../../ui/house.ts'
import { Row } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf } from '../../ui/time.ts'
import { HoursFields } from './hours-fields.tsx'
import { isKind, isModality, kindWords, modalityWords, type Resource } from './room-words.ts'
import css from './rooms.module.css'

const asWords = (features: readonly string[]) => features.join(', ')
const asFeatures = (words: string) => [
  ...new Set(
    words
      .split(',')
      .map((one) => one.trim().toLowerCase().replaceAll(/\s+/g, '-'))
      .filter(Boolean),
  ),
]

export function ResourceForm({ resource, onDone }: { resource?: Resource; onDone: () => void }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const { zone } = useHouse()
  const [kind, setKind] = useState(resource?.kind ?? 'room')
  const [name, setName] = useState(resource?.name ?? '')
  const [placeId, setPlace] = useState(resource?.placeId ?? '')
  const [features, setFeatures] = useState(asWords(resource?.features ?? []))
  const [modality, setModality] = useState<string>(resource?.modality ?? 'in_person')
  const [hours, setHours] = useState(resource?.hours ?? [])
  const [missing, miss] = useState(false)
  const day = dayOf(new Date(clinicNow()).toISOString(), zone)
  const places = useQuery(asking(readMonth, { path: { day } })).data?.places ?? []
  const ofInterpreter = kind === 'interpreter'
  const save = useMutation({
    mutationFn: () =>
      call(saveResource, {
        body: {
          kind,
          name: name.trim(),
          placeId: placeId || null,
          zone: places.find(({ id: place }) => place === placeId)?.zone ?? resource?.zone ?? zone,
          features: asFeatures(features),
          modality: ofInterpreter && isModality(modality) ? modality : null,
          hours,
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    miss(name.trim() === '')
    if (name.trim() !== '') save.mutate()
  }
  const id = (field: string) => `${field}-${resource?.id ?? 'new'}`
  return (
    <form className={css.form} onSubmit={submit}>
      {resource === undefined && (
        <>
          <SelectField
            name={id('kind')}
            label={t`What is it?`}
            value={kind}
            onChange={(value) => isKind(value) && setKind(value)}
            options={Object.entries(kindWords).map(([value, words]) => ({ value, label: i18n._(words) }))}
          />
          <TextField
            name={id('name')}
            label={t`Name`}
            error={missing && name.trim() === '' ? t`Give it a name.` : undefined}
            maxLength={100}
            value={name}
            onChange={setName}
          />
        </>
      )}
      <SelectField
        name={id('place')}
        label={t`Where`}
        value={placeId}
        onChange={setPlace}
        options={[
          { value: '', label: t`At every place` },
          ...places.map((place) => ({ value: place.id, label: place.name })),
        ]}
      />
      <TextField
        name={id('features')}
        label={ofInterpreter ? t`Languages` : t`Good for`}
        hint={
          ofInterpreter
            ? t`Their short codes with commas between, as es, vi.`
            : t`Short words with commas between, as echo, procedure. A visit asks for them.`
        }
        optional={!ofInterpreter}
        maxLength={400}
        value={features}
        onChange={setFeatures}
      />
      {ofInterpreter && (
        <SelectField
          name={id('modality')}
          label={t`How they interpret`}
          value={modality}
          onChange={setModality}
          options={Object.entries(modalityWords).map(([value, words]) => ({ value, label: i18n._(words) }))}
        />
      )}
      <HoursFields id={id('hours')} hours={hours} onChange={setHours} />
      <Refusal error={save.error} />
      <Row>
        <BusyButton type="submit" busy={save.isPending}>
          <Trans>Save</Trans>
        </BusyButton>
        <Button variant="default" onClick={onDone}>
          <Trans>Leave it</Trans>
        </Button>
      </Row>
    </form>
  )
}
