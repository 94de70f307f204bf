mod change;
mod cursor;
mod property;
mod reading;
