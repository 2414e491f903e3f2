using System.Security.Cryptography;

namespace Framelane.Bench.Proofs;

/// <summary>What came of the renders that were asked for, after all faults.</summary>
/// <param name="asked">Their ids.</param>
sealed class RenderOutcome(Stored stored, string dataPath, IReadOnlyList<string> asked, Findings findings)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly List<StoredRender> renders = stored.Renders();

    public int Completed => renders.Count(render => render.Status == StoredRender.Completed);

    public int TakenUpAgain => renders.Count(render => render.Runs > 1);

    public int Runs => renders.Sum(render => render.Runs);

    /// <summary>Every render was completed, and its owner told once and last.</summary>
    public void OnceEach()
    {
        var events = stored.RenderEvents();
        if (!renders.Select(render => render.Id).Order().SequenceEqual(asked.Order()))
            findings.Add("other jobs than were asked for", $"{renders.Count} jobs, {asked.Count} asked for");
        foreach (var render in renders)
        {
            var told = events[render.Id].ToList();
            string[] around = [.. told.Select(happened => $"    {happened.Sequence} {happened.Type}")];
            if (render.Status != StoredRender.Completed)
                findings.Add("not completed", $"{render}", around);
            if (told.Count(happened => happened.Type == "render.completed") != 1 || told[^1].Type != "render.completed")
                findings.Add("not told once, and last, of its completion", $"{render}", around);
            if (told.Count(happened => happened.Type == "render.processing") != 1)
                findings.Add("not told once that it is being processed", $"{render}", around);
            if (!told.Select(happened => happened.Sequence).SequenceEqual(Enumerable.Range(1, told.Count)))
                findings.Add("a sequence has a gap", $"{render}", around);
        }
    }

    /// <summary>In storage lies one file of each, all of the same bytes; more than that only drafts, which storage drops after a day.</summary>
    public void OneFileEach()
    {
        var files = Path.Combine(dataPath, "files");
        var keys = Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(files, file))
            .Where(key => !key.StartsWith('~'))
            .ToHashSet();
        var made = renders.Select(render => render.OutputKey).OfType<string>().ToHashSet();
        foreach (var left in keys.Where(key => !made.Contains(key.Split('~')[0])))
            findings.Add("a file in storage that no job has", left);
        foreach (var gone in made.Where(key => !keys.Contains(key)))
            findings.Add("a job's file is not in storage", gone);
        foreach (var other in made.Where(keys.Contains).GroupBy(key => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(files, key))))).OrderByDescending(same => same.Count()).Skip(1))
            findings.Add("the same scene became another file", string.Join(", ", other));
    }

    /// <summary>No run has a folder left, and no program runs that works in one.</summary>
    public async Task NothingLeftAsync()
    {
        var work = Path.Combine(dataPath, "work");
        var until = DateTimeOffset.UtcNow + Patience;
        while ((Folders().Count > 0 || Descendants.WithArgument(work).Count > 0) && DateTimeOffset.UtcNow < until)
            await Task.Delay(50);
        foreach (var folder in Folders())
            findings.Add("a work folder is left", folder);
        foreach (var program in Descendants.WithArgument(work))
            findings.Add("a media program is left", Descendants.CommandOf(program.Id));

        List<string> Folders() => Directory.Exists(work) ? [.. Directory.EnumerateDirectories(work, "render_*", SearchOption.AllDirectories)] : [];
    }
}
