/** What was found out about one thing. `bad`: a run would fail; `absent`: only some commands need it. */
export interface Checkup {
  readonly name: string;
  readonly state: 'good' | 'bad' | 'absent';
  readonly words: string;
}
