-- Why somebody broke the glass, what shows that a proxy may act, and why one was kept away: of the patient's life, and sealed with
-- a key of that patient. The chore people.seal-words seals what was written before; a later version drops the old columns.
alter table people.break_glass
  add column words_sealed bytea,
  add column note_sealed bytea,
  alter column words drop not null,
  add constraint words_are_given check (num_nonnulls(words, words_sealed) = 1);
alter table people.proxy_grant
  add column evidence_sealed bytea,
  add column blocked_why_sealed bytea,
  drop constraint the_clinic_verified_it,
  add constraint the_clinic_verified_it check
    (basis = 'chosen' or (verified_by is not null and (evidence <> '' or evidence_sealed is not null))),
  drop constraint a_block_says_why,
  add constraint a_block_says_why check
    (blocked_at is null or (ended_at is not null and blocked_by is not null and (blocked_why <> '' or blocked_why_sealed is not null)));
create index break_glass_unsealed on people.break_glass (organization_id) where words is not null or note is not null;
create index proxy_grant_unsealed on people.proxy_grant (organization_id) where evidence is not null or blocked_why is not null;
grant update on people.break_glass to app_worker;
