-- Ghost listings: what of a clinician at a place was checked, when and by whose word, and what visitors said was wrong.
create table directory.listing_check (
  organization_id      uuid not null,
  practitioner_role_id uuid not null,
  field                text not null check (field in ('phone', 'address', 'accepts_new', 'languages', 'specialties', 'hours')),
  verified_at          timestamptz not null,
  source               text not null check (source in ('desk', 'clinician', 'phone_call')),
  primary key (organization_id, practitioner_role_id, field),
  foreign key (organization_id, practitioner_role_id) references directory.practitioner_role
);

create table directory.wrong_report (
  organization_id      uuid not null,
  id                   uuid not null default uuidv7(),
  practitioner_role_id uuid not null,
  field                text not null check (field in ('phone', 'address', 'accepts_new', 'languages', 'specialties', 'hours', 'no_contact', 'not_here')),
  -- A keyed hash of where the word came from, so that the same word twice is one; null once the report was settled.
  reporter             text,
  by_staff             boolean not null,
  reported_at          timestamptz not null,
  settled_at           timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, practitioner_role_id) references directory.practitioner_role,
  constraint open_reports_say_from_where check (settled_at is not null or reporter is not null)
);
create unique index one_open_word_each on directory.wrong_report (organization_id, practitioner_role_id, field, reporter) where settled_at is null;
create index wrong_report_by_reporter on directory.wrong_report (organization_id, reporter, reported_at);

alter table directory.practitioner_role
  -- Since when it is out of the public search: nobody could be reached there, and nobody has confirmed it yet.
  add column hidden_since timestamptz,
  -- Since when something of it was not checked for 90 days.
  add column flagged_since timestamptz;

grant select on directory.listing_check to app_public, app_portal, app_staff, app_worker;
grant insert, update on directory.listing_check to app_staff, app_worker;
grant select on directory.wrong_report to app_staff, app_worker;
-- For the public figure: that something was said, not from where.
grant select (organization_id, practitioner_role_id, settled_at) on directory.wrong_report to app_public, app_portal;
grant insert on directory.wrong_report to app_worker;
grant update (settled_at, reporter) on directory.wrong_report to app_staff;
grant update (hidden_since, flagged_since, accepts_new) on directory.practitioner_role to app_staff;
grant update (phone) on directory.location to app_staff;
grant update (languages) on directory.practitioner to app_staff;
call platform.wall('directory.listing_check', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('directory.wrong_report', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
