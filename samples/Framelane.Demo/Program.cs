using Framelane.Client;
using Framelane.Demo;

// Shows a render from its sources' upload to its download, then the rotation of the signing secret and what receivers see of it, against
// a running server.
var url = args.ElementAtOrDefault(0) ?? Environment.GetEnvironmentVariable("FRAMELANE_URL") ?? "http://127.0.0.1:8080";
var key = args.ElementAtOrDefault(1) ?? Environment.GetEnvironmentVariable("FRAMELANE_API_KEY");
if (args.Length > 2 || string.IsNullOrWhiteSpace(key) || !Uri.TryCreate(url, UriKind.Absolute, out var baseUrl))
{
    await Console.Error.WriteLineAsync("usage: Framelane.Demo [base url] [api key]   or by FRAMELANE_URL and FRAMELANE_API_KEY");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var client = FramelaneClient.Create(baseUrl, key);
await using var receiver = await Receiver.StartAsync();
var steps = new Steps(Console.Out);
try
{
    await new RenderDemo(client, receiver, steps, Directory.CreateTempSubdirectory("framelane-demo-").FullName).RunAsync(stop.Token);
    await new RotationDemo(client, receiver, steps).RunAsync(stop.Token);
    return 0;
}
catch (StepFailedException)
{
    return 1;
}
