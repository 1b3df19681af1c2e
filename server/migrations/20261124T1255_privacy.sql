-- What patients say of their health when they ask for a correction is sealed, each with a key of that patient (platform/vault).
-- No version that was let out held such requests; where there are any, this stops rather than lose them.
alter table privacy.amendment
  drop column about,
  drop column wanted,
  drop column answer_reason,
  drop column disagreement,
  add column about bytea not null,
  add column wanted bytea not null,
  add column answer_reason bytea,
  add column disagreement bytea,
  add constraint a_denial_has_its_reason check (answer is distinct from 'denied' or answer_reason is not null),
  add constraint only_a_denial_is_disagreed_with check (disagreement is null or answer = 'denied');
grant update (disagreement) on privacy.amendment to app_portal;
