using System.Globalization;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>
/// The process <c>embedded</c>: the product's dispatcher and a worker together, as they run by default. For each line, a rate and a number
/// of milliseconds, it commits events for so long, and says which it committed and when.
/// </summary>
static class EmbeddedProcess
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var place = Place.Parse(args.Text("place"));
        args.Done();
        using var host = await Composition.BuildAsync(place, []);
        await host.StartAsync();
        var traffic = await Traffic.OfAsync(host.Services);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = Array.ConvertAll(line.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(numbers[1]));
            Console.WriteLine(JsonSerializer.Serialize(await traffic.RunAsync(numbers[0], stop.Token)));
        }

        await host.StopAsync();
        return 0;
    }
}
