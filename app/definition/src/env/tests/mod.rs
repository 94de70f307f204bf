mod compare;
mod reading;
mod secrets;
mod words;
