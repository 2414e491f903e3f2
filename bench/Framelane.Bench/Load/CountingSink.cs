using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Framelane.Bench.Load;

/// <summary>
/// The process <c>sink</c>: reads each request, answers 204, counts. Says its address first, and for each line that it is asked the
/// count since the last one.
/// </summary>
static class CountingSink
{
    static long count;

    public static async Task<int> RunAsync()
    {
        await using var sink = await Sink.StartAsync(ReceiveAsync);
        Console.WriteLine(sink.Address);
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine(Interlocked.Exchange(ref count, 0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    static async Task ReceiveAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        Interlocked.Increment(ref count);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
