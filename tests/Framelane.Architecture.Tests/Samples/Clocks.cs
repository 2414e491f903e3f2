// One type for each place where a look at the clock can hide.
namespace Framelane.Architecture.Tests.Samples;

sealed class ReadsUtcNow
{
    public static DateTimeOffset Now => DateTimeOffset.UtcNow;
}

sealed class ReadsLocalNow
{
    public static DateTime Now() => DateTime.Now;
}

sealed class ReadsTheClockInAnAsyncMethod
{
    public static async Task<DateTime> NowAsync()
    {
        await Task.Yield();
        return DateTime.UtcNow;
    }
}

sealed class ReadsTheClockInALambda
{
    public static Func<long, DateTimeOffset> Later() => ticks => DateTimeOffset.Now.AddTicks(ticks);
}

sealed class ReadsTheClockInAnIterator
{
    public static IEnumerable<DateTime> Days()
    {
        yield return DateTime.Today;
    }
}

sealed class ReadsTheClockInAnInitializer
{
    public DateTimeOffset Made { get; } = DateTimeOffset.UtcNow;
}
