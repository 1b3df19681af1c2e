-- How far a linked visit lies after the one before it: local days, or minutes between them. Without: only together.
alter table scheduling.group_visit
  add column gap_unit text check (gap_unit in ('minute', 'day')),
  add column gap_min  integer,
  add column gap_max  integer,
  add constraint a_gap_is_whole check ((gap_unit is null) = (gap_min is null) and (gap_max is null or gap_max >= gap_min)),
  add constraint a_gap_is_to_one_before check (gap_unit is null or position > 0);
