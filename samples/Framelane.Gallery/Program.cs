using Framelane.Client;
using Framelane.Gallery;

// Has a running server render a short clip of each entry of its catalogue, and all of them on one sheet.
if (args is not [var target, .. var names] || Environment.GetEnvironmentVariable("FRAMELANE_API_KEY") is not { Length: > 0 } key
    || !Uri.TryCreate(Environment.GetEnvironmentVariable("FRAMELANE_URL") ?? "http://127.0.0.1:8080", UriKind.Absolute, out var baseUrl))
{
    await Console.Error.WriteLineAsync("usage: FRAMELANE_API_KEY=… [FRAMELANE_URL=…] Framelane.Gallery FOLDER [NAME...]   with names: only those entries");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var client = FramelaneClient.Create(baseUrl, key);
var renders = new Renders(client);
try
{
    var pictures = Path.Combine(AppContext.BaseDirectory, "Pictures");
    var all = new Specimens(
        await renders.UploadAsync(Path.Combine(pictures, "street.jpg"), stop.Token),
        await renders.UploadAsync(Path.Combine(pictures, "lake.jpg"), stop.Token)).Of(await client.GetCapabilitiesAsync(stop.Token));
    Specimen[] specimens = [.. all.Where(specimen => names.Length == 0 || names.Contains(specimen.Name))];
    if (names.Except(specimens.Select(specimen => specimen.Name)).FirstOrDefault() is { } unknown)
    {
        await Console.Error.WriteLineAsync($"Nothing in the catalogue is called {unknown}.");
        return 2;
    }

    Directory.CreateDirectory(Path.Combine(target, "clips"));
    var done = 0;
    await Parallel.ForEachAsync(specimens, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stop.Token }, async (specimen, token) =>
    {
        await renders.MakeAsync(Clip(specimen), Path.Combine(target, PathOf(specimen)), token);
        Console.Write($"\r{Interlocked.Increment(ref done)} of {specimens.Length} clips");
    });
    Console.WriteLine();
    await new Sheet(renders, specimens, target).MakeAsync(Path.Combine(target, "gallery.png"), stop.Token);
    await File.WriteAllTextAsync(Path.Combine(target, "index.html"), Page.Of(specimens, PathOf), stop.Token);
    Console.WriteLine($"Page:  {Path.Combine(target, "index.html")}{Environment.NewLine}Sheet: {Path.Combine(target, "gallery.png")}");
    return 0;
}
catch (Exception failure) when (failure is FramelaneApiException or HttpRequestException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

static string PathOf(Specimen specimen) => $"clips/{specimen.Family.Replace(' ', '-')}-{specimen.Name}.mp4";

static CreateRenderRequest Clip(Specimen specimen) => new()
{
    Width = Shot.Width, Height = Shot.Height, Duration = Shot.Length, FrameRate = 25, Elements = specimen.Clip.Elements(""), Transitions = specimen.Clip.Transitions(""),
};
