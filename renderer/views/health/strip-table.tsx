/** The strips for those who hear them: what each row has to tell, in words. */

import { useMemo } from 'react';
import { unseen } from '../../parts/unseen/unseen.ts';
import { rowName, stateName } from '../../words/cell-said.ts';
import { clauses, count } from '../../words/format.ts';
import { type CellPicture, summaryOf } from './cell-rows.ts';
import { words } from './words.ts';

const text = words.strips;
const mostRows = 60;
const mostTroubles = 5;

export function StripTable({ picture }: { readonly picture: CellPicture }) {
  const rows = useMemo(
    () => picture.rows.slice(0, mostRows).map((row) => ({ row, summary: summaryOf(picture, row) })),
    [picture],
  );
  return (
    // A table is as wide as its words, whatever it is told.
    <div className={unseen}>
      <table>
        <caption>{text.table}</caption>
        <thead>
          <tr>
            {text.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, summary: { checks, failures, troubles } }) => (
            <tr key={row.key}>
              <th scope="row">{rowName(row)}</th>
              <td>{count(checks)}</td>
              <td>{count(failures)}</td>
              <td>
                {troubles.length === 0 && text.well}
                {clauses(
                  troubles
                    .slice(0, mostTroubles)
                    .map(({ state, fromMs, toMs }) => text.troubles(stateName(row, state), fromMs, toMs)),
                )}
                {troubles.length > mostTroubles && ` ${text.moreTroubles(troubles.length - mostTroubles)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
