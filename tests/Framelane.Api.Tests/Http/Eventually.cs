using System.Diagnostics;

namespace Framelane.Api.Tests.Http;

static class Eventually
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until it holds; fails where it does not come to hold.</summary>
    public static Task HoldsAsync(Func<bool> condition, string? what = null) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static Task HoldsAsync(Func<Task<bool>> condition, string? what = null) => HoldsAsync(condition, () => what ?? "It did not come to hold.");

    /// <param name="what">Told where it does not come to hold, of how it is then.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what)
    {
        for (var watch = Stopwatch.StartNew(); !await condition();)
        {
            if (watch.Elapsed > Limit)
                Assert.Fail(what());
            await Task.Delay(5);
        }
    }

    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task InTimeAsync(this Task task) => task.WaitAsync(Limit);
}
