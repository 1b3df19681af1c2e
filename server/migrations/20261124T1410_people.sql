-- A doubt that the front desk puts off comes back by itself.
alter table people.match_review add column put_off_until timestamptz;
