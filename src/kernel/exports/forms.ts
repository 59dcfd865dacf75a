import { z } from 'zod'
import { choice, text } from '../form.ts'

export const exportFormats = ['xlsx', 'csv', 'pdf'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Why a list leaves the house: chosen and, where the words do not say it, written. */
export const exportPurposes = ['claim', 'report', 'check', 'planning', 'handing_over', 'other'] as const

export const exportForm = z.object({
  format: choice(exportFormats),
  purpose: choice(exportPurposes),
  purpose_text: text(200).optional(),
})
export type ExportInput = z.infer<typeof exportForm>
