//! The words of every diagnostic, in Chinese and English.
