/** The languages that the console speaks. */
import { z } from 'zod';

export const languages = ['en', 'zh'] as const;
export const languageSchema = z.enum(languages);
export type Language = z.infer<typeof languageSchema>;

/** What a browser or desktop asks for (`zh-CN`, `de`), as the nearest language there is. */
export function nearestLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) {
      return found;
    }
  }
  return 'en';
}
