//! Building blocks that know neither ECS nor addresses.
