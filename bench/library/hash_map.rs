// The same as hash_map.sx with the HashMap of Rust's standard library.

use std::collections::HashMap;

const ENTRIES: i64 = 10_000_000;
const SPREAD: u64 = 0x9e3779b97f4a7c15;
const CLOCK_PROCESS: i32 = 2;

#[repr(C)]
struct Timespec {
    sec: i64,
    nsec: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
}

// Distinct for distinct `i`, and in no order.
fn key(i: i64) -> i64 {
    let mut x = (i as u64).wrapping_mul(SPREAD);
    x = (x ^ (x >> 29)).wrapping_mul(SPREAD);
    (x ^ (x >> 32)) as i64
}

fn milliseconds() -> i64 {
    let mut t = Timespec { sec: 0, nsec: 0 };
    unsafe { clock_gettime(CLOCK_PROCESS, &mut t) };
    t.sec * 1000 + t.nsec / 1_000_000
}

fn report(phase: &str, begin: i64, sum: i64) {
    println!("{} {} {}", phase, milliseconds() - begin, sum);
}

fn main() {
    let mut map: HashMap<i64, i64> = HashMap::new();
    let begin = milliseconds();
    for i in 0..ENTRIES {
        map.insert(key(i), i);
    }
    report("insert", begin, map.len() as i64);

    let begin = milliseconds();
    let mut sum = 0i64;
    for i in 0..ENTRIES {
        sum += map.get(&key(i)).copied().unwrap_or(0);
    }
    report("lookup", begin, sum);

    let begin = milliseconds();
    let mut found = 0i64;
    for i in ENTRIES..2 * ENTRIES {
        if map.contains_key(&key(i)) {
            found += 1;
        }
    }
    report("absent", begin, found);

    let begin = milliseconds();
    let mut sum = 0i64;
    for (k, v) in &map {
        sum = sum.wrapping_add(*k ^ *v);
    }
    report("iterate", begin, sum);
}
