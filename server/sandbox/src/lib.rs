//! Amazon ECS in memory.
