using System.Globalization;
using System.Security.Cryptography;
using Framelane.Api.Tests.Http.Start;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Uploads of clients that compete, go away, err, and of a server that dies.</summary>
public sealed class UploadFaultTests : SharedHostTests
{
    static readonly byte[] Content = RandomNumberGenerator.GetBytes(2_000_000);

    static readonly string Whole = Uploading.DigestOf(Content);

    [Test]
    public async Task Of_two_writers_at_once_one_wins_and_no_byte_of_the_other_is_kept()
    {
        var upload = await BeginAsync();
        using var held = new HeldContent(Content, 1_000_000);
        var first = upload.SendAsync(held, null);
        await held.Sent;
        await WritingAsync(upload);

        var whole = await upload.PutAsync(new byte[500]);
        var part = await upload.PutAsync(new byte[500], 0, null);
        var asked = await upload.AskAsync();
        held.GoOn();
        Assert.Multiple(() =>
        {
            Assert.That((whole.Status, whole.Code), Is.EqualTo((409, "conflict")));
            Assert.That((part.Status, part.Code), Is.EqualTo((409, "conflict")));
            Assert.That(asked.Status, Is.EqualTo(308));
            Assert.That(async () => (await first).Status, Is.EqualTo(200));
            Assert.That(() => StoredAsync(upload), Is.EqualTo(Whole));
        });
    }

    [Test]
    public async Task Many_that_send_the_same_part_at_once_leave_one_file_of_one_of_them()
    {
        var upload = await BeginAsync();
        var bodies = Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 400_000).ToArray()).ToArray();
        var answers = await Task.WhenAll(bodies.Select(body => upload.PutAsync(body, 0, body.Length)));
        var winner = Array.FindIndex(answers, answer => answer.Status == 200);
        Assert.That(answers.Count(answer => answer.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status != 200).Select(answer => answer.Status), Has.All.EqualTo(409));
        Assert.That(await StoredAsync(upload), Is.EqualTo(Uploading.DigestOf(bodies[winner])));
    }

    [Test]
    public async Task What_came_of_a_client_that_went_away_is_kept_and_it_goes_on_from_there()
    {
        var upload = await BeginAsync();
        using var held = new HeldContent(Content, 1_500_000);
        var lost = upload.SendAsync(held, null);
        await held.Sent;
        await WritingAsync(upload);
        held.Break();
        Assert.That(() => lost, Throws.InstanceOf<HttpRequestException>());

        var kept = 0;
        await Eventually.HoldsAsync(async () => (kept = Kept(await upload.AskAsync())) > 0);
        Assert.That(kept, Is.LessThanOrEqualTo(1_500_000));
        Assert.That((await upload.PutAsync(Content[kept..], kept, Content.Length)).Status, Is.EqualTo(200));
        Assert.That(await StoredAsync(upload), Is.EqualTo(Whole));
    }

    [Test]
    public async Task What_was_said_to_be_kept_outlasts_a_server_that_is_killed_in_the_middle_of_the_next_part()
    {
        using var data = new DataFolder();
        await using var killed = Start(data);
        using var owner = new Tenant(await KeyAsync(killed, data), await killed.UrlAsync());
        using var sender = new Caller(await killed.UrlAsync(), null);
        var upload = await Uploading.BeginAsync(owner, sender);
        Assert.That(Kept(await upload.PutAsync(Content[..700_000], 0, Content.Length)), Is.EqualTo(700_000));
        using var held = new HeldContent(Content[700_000..], 900_000);
        var lost = upload.SendAsync(held, $"bytes 700000-1999999/{Content.Length}");
        await held.Sent;
        await WritingAsync(data, 700_001);
        await killed.KillAsync();
        held.GoOn();
        Assert.That(() => lost, Throws.InstanceOf<HttpRequestException>());

        // Who held it is dead, and its lease ends by itself.
        await data.Database.ExecuteAsync("update uploads set writer_until = 0");
        await using var again = Start(data);
        using var anyone = new Caller(await again.UrlAsync(), null);
        upload = upload with { Caller = anyone };
        Assert.That(Kept(await upload.AskAsync()), Is.EqualTo(700_000));
        Assert.That((await upload.PutAsync(Content[700_000..], 700_000, Content.Length)).Status, Is.EqualTo(200));
        Assert.That(Uploading.DigestOf(await File.ReadAllBytesAsync(Path.Combine(data.Path, "files", upload.Key))), Is.EqualTo(Whole));
    }

    /// <summary>Parts of any size, again and again, with gaps and overlaps, with and without a total: each is kept whole or refused.</summary>
    [Test]
    public async Task Whatever_parts_are_sent_the_file_is_the_one_that_was_meant([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        var size = random.Next(1, 200_000);
        var upload = await BeginAsync();
        var (kept, isComplete) = (0, false);
        for (var step = 0; !isComplete; step++)
        {
            var first = random.Next(4) == 0 ? random.Next(size) : kept;
            var length = Math.Min(random.Next(5) == 0 ? size : random.Next(1, 60_000), size - first);
            long? total = first + length == size || random.Next(2) == 0 ? size : null;
            var answer = await upload.PutAsync(Content[first..(first + length)], first, total);
            if (first != kept)
            {
                Assert.That(answer.Status, Is.EqualTo(409), $"step {step}");
                continue;
            }

            kept += length;
            isComplete = kept == size;
            Assert.That((answer.Status, isComplete ? size : Kept(answer)), Is.EqualTo((isComplete ? 200 : 308, kept)), $"step {step}");
        }

        Assert.That(await StoredAsync(upload), Is.EqualTo(Uploading.DigestOf(Content[..size])));
    }

    static ApiProcess Start(DataFolder data) => ApiProcess.Start(("Framelane:DataPath", data.Path));

    static async Task<string> KeyAsync(ApiProcess process, DataFolder data)
    {
        await process.UrlAsync();
        return (await File.ReadAllTextAsync(data.ApiKeyFile)).Trim();
    }

    Task<Uploading> BeginAsync() => Uploading.BeginAsync(Tenant, Host.Nobody);

    /// <summary>Waits until a writer has it, and has written some of it.</summary>
    static Task WritingAsync(Uploading upload) => WritingAsync(Host.Data, 1, upload.AssetId);

    static Task WritingAsync(DataFolder data, long length, string assetId = "") => Eventually.HoldsAsync(
        () => data.Files.Any(file => file.FullName.Contains("~drafts", StringComparison.Ordinal)
            && file.Name.Contains(assetId, StringComparison.Ordinal) && file.Length >= length));

    static int Kept(Answer answer) =>
        answer.Header("Range") is { } range ? int.Parse(range.Split('-')[1], CultureInfo.InvariantCulture) + 1 : 0;

    static Task<string> StoredAsync(Uploading upload) => upload.StoredAsync(Host);
}
