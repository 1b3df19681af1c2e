/** The record as a person reads it: a tagged PDF with everything in words, newest first in each part. */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { Language } from '../../platform/endpoint.ts'
import type { Kept } from './collect.ts'
import { lineOf, sections, type Line } from './lines.ts'
import { words } from './words.ts'

const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
const bold = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')

export interface Cover {
  clinic: string
  phone: string
  patient: string
  bornOn: string | null
  /** The day it was made, in words. */
  madeOn: string
  language: Language
}

/** The whole file; a record of a few thousand entries takes about a second. */
export async function recordPdf(kept: readonly Kept[], cover: Cover): Promise<Buffer> {
  const say = words[cover.language]
  const document = new PDFDocument({
    size: 'LETTER',
    margin: 54,
    tagged: true,
    pdfVersion: '1.7',
    lang: cover.language,
    displayTitle: true,
    info: { Title: say.title, Author: cover.clinic },
    font,
  })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  const done = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  writeCover(document, cover)
  for (const section of sections) {
    const lines = kept
      .filter(({ resource }) => resource.resourceType === section)
      .flatMap(({ resource }) => lineOf(resource) ?? [])
      .toSorted((one, other) => (other.day ?? '').localeCompare(one.day ?? ''))
    if (lines.length > 0) writeSection(document, say.sections[section], lines)
  }
  document.end()
  await done
  return Buffer.concat(parts)
}

function writeCover(document: PDFKit.PDFDocument, cover: Cover) {
  const say = words[cover.language]
  const write = (kind: 'H1' | 'P', text: string, size: number, face = font) =>
    document.addStructure(
      document.struct(kind, {}, () => {
        document.font(face).fontSize(size).text(text).moveDown(0.4)
      }),
    )
  write('H1', say.title, 20, bold)
  write('P', cover.bornOn === null ? cover.patient : `${cover.patient}, ${say.born} ${cover.bornOn}`, 12)
  write('P', `${cover.clinic}, ${cover.phone}. ${say.made} ${cover.madeOn}.`, 10)
  write('P', say.about, 10)
}

function writeSection(document: PDFKit.PDFDocument, title: string, lines: readonly Line[]) {
  document.addStructure(
    document.struct('H2', {}, () => {
      document.moveDown(0.6).font(bold).fontSize(13).text(title).moveDown(0.2)
    }),
  )
  for (const { day, words } of lines)
    document.addStructure(
      document.struct('P', {}, () => {
        document
          .font(font)
          .fontSize(9.5)
          .text(day === undefined ? words : `${day}   ${words}`, { indent: 0, lineGap: 1.5 })
      }),
    )
}
