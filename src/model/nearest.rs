//! Did you mean …: the nearest of several names.

/// The candidate with the fewest edits, when it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    candidates
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= 2 + wanted.len() / 4)
        .map(|(_, candidate)| candidate)
}

/// How many edits lead from one text to the other, when they are near enough to be meant.
#[must_use]
pub fn likeness(left: &str, right: &str) -> Option<usize> {
    let most = 2 + left.len().min(right.len()) / 4;
    if left.eq_ignore_ascii_case(right) {
        return Some(usize::from(left != right));
    }
    let edits = (left.len().abs_diff(right.len()) <= most).then(|| distance(left, right))?;
    // Of a short word that differs in most of its letters nothing is left.
    (edits <= most && edits < left.len().max(right.len()).div_ceil(2) + 1).then_some(edits)
}

/// Levenshtein's distance, with both texts cut to 120 characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(120).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().take(120).enumerate() {
        let mut diagonal = i;
        let mut previous = i + 1;
        if let Some(first) = row.first_mut() {
            *first = previous;
        }
        for (b, cell) in right.iter().zip(row.iter_mut().skip(1)) {
            let cost = if a == *b {
                diagonal
            } else {
                1 + diagonal.min(*cell).min(previous)
            };
            diagonal = *cell;
            *cell = cost;
            previous = cost;
        }
    }
    row.last().copied().unwrap_or(0)
}
