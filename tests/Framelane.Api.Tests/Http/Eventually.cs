using System.Diagnostics;

namespace Framelane.Api.Tests.Http;

static class Eventually
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until it holds; fails where it does not come to hold.</summary>
    public static Task HoldsAsync(Func<bool> condition, string? what = null) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string? what = null)
    {
        for (var watch = Stopwatch.StartNew(); !await condition();)
        {
            if (watch.Elapsed > Limit)
                Assert.Fail(what ?? "It did not come to hold.");
            await Task.Delay(5);
        }
    }

    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task InTimeAsync(this Task task) => task.WaitAsync(Limit);
}
