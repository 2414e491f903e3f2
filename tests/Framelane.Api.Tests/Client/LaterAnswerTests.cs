using System.Text.Json;
using Framelane.Client;

namespace Framelane.Api.Tests.Client;

/// <summary>What the client makes of names that a later server has added.</summary>
public sealed class LaterAnswerTests
{
    const string Job =
        """
        {"id": "render_1", "kind": "render", "workspace_id": "ws_1", "status": "processing", "created_at": "2024-05-21T08:00:00.000000Z",
         "updated_at": "2024-05-21T08:00:00.000000Z", "task_type": null, "progress_percent": 7, "progress_stage": "encoding"}
        """;

    [Test]
    public void Names_that_are_known_are_read_as_such()
    {
        var job = Read(Job);
        Assert.That((job.Kind, job.Status, job.TaskType, job.ProgressStage), Is.EqualTo((JobKind.Render, JobStatus.Processing, (TaskType?)null, (JobStage?)JobStage.Encoding)));
    }

    [Test]
    public void Names_that_are_not_are_unknown_and_the_rest_is_read()
    {
        var job = Read(Job.Replace("encoding", "new", StringComparison.Ordinal).Replace("\"processing\"", "\"Processing\"", StringComparison.Ordinal).Replace("\"render\"", "\"dub\"", StringComparison.Ordinal));
        Assert.That((job.Kind, job.Status, job.ProgressStage, job.ProgressPercent), Is.EqualTo((JobKind.Unknown, JobStatus.Unknown, (JobStage?)JobStage.Unknown, (int?)7)));
    }

    [Test]
    public void A_page_keeps_what_it_knows()
    {
        var page = JsonSerializer.Deserialize<JobPage>($$"""{"data": [{{Job}}, {{Job.Replace("encoding", "new", StringComparison.Ordinal)}}], "next_cursor": null, "has_more": false}""")!;
        Assert.That(page.Data.Select(job => job.ProgressStage), Is.EqualTo(new JobStage?[] { JobStage.Encoding, JobStage.Unknown }));
    }

    [TestCase("7")]
    [TestCase("null")]
    [TestCase("{}")]
    public void What_is_no_name_is_no_answer(string status) =>
        Assert.That(() => Read(Job.Replace("\"processing\"", status, StringComparison.Ordinal)), Throws.InstanceOf<JsonException>());

    [Test]
    public void What_is_unknown_is_not_sent()
    {
        Assert.That(JsonSerializer.Serialize(new OpenCheckoutRequest { Plan = Plan.Pro }), Does.Contain("\"pro\""));
        Assert.That(() => JsonSerializer.Serialize(new OpenCheckoutRequest { Plan = Plan.Unknown }), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void Each_enum_of_an_answer_has_a_place_for_them()
    {
        var read = typeof(FramelaneClient).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Response", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties())
            .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .Where(type => type.IsEnum)
            .Distinct()
            .ToList();
        Assert.That(read, Has.Count.GreaterThan(5));
        Assert.That(read.Where(type => !type.IsEnumDefined("Unknown")), Is.Empty);
    }

    static JobResponse Read(string json) => JsonSerializer.Deserialize<JobResponse>(json)!;
}
