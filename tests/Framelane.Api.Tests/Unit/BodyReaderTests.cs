using System.Text;
using System.Text.Json;
using Framelane.Api.Conventions.Bodies;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Validation;
using Framelane.Application.Common;

namespace Framelane.Api.Tests.Unit;

public sealed class BodyReaderTests
{
    static readonly BodyReader Reader = new(new ShapeCatalogue());

    [Test]
    public void A_right_body_is_bound_without_faults()
    {
        var (sample, faults) = Read<Sample>(
            """
            {"name":"n","note":null,"count":3.0,"maybe":null,"ratio":1,"flag":true,"colour":"dark_red","at":"2025-01-31T12:00:00+02:00",
             "tags":["a","b"],"parts":[{"size":1,"inner":[{"size":2}]}],"metadata":{"k":"v"},"renamed":"r","unknown":{"x":[1]}}
            """);

        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty);
            Assert.That(sample!.Name, Is.EqualTo("n"));
            Assert.That(sample.Count, Is.EqualTo(3));
            Assert.That(sample.Colour, Is.EqualTo(Colour.DarkRed));
            Assert.That(sample.At, Is.EqualTo(new DateTimeOffset(2025, 1, 31, 10, 0, 0, TimeSpan.Zero)));
            Assert.That(sample.Tags, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(sample.Parts[0].Inner![0].Size, Is.EqualTo(2));
            Assert.That(sample.Metadata!["k"], Is.EqualTo("v"));
            Assert.That(sample.Other, Is.EqualTo("r"));
        });
    }

    [Test]
    public void What_is_left_out_keeps_its_default() => Assert.That(Read<Sample>("""{"name":"n"}""").Request!.Count, Is.EqualTo(7));

    [TestCase("""{}""", "body/name", "missing")]
    [TestCase("""{"Name":"n","name":"n","count":"3"}""", "body/count", "int_type")]
    [TestCase("""{"name":"n","count":3.5}""", "body/count", "int_type")]
    [TestCase("""{"name":"n","count":2147483648}""", "body/count", "out_of_range")]
    [TestCase("""{"name":"n","count":1e400}""", "body/count", "out_of_range")]
    [TestCase("""{"name":"n","count":null}""", "body/count", "int_type")]
    [TestCase("""{"name":null}""", "body/name", "string_type")]
    [TestCase("""{"name":5}""", "body/name", "string_type")]
    [TestCase("""{"name":"\ud800"}""", "body/name", "string_unicode")]
    [TestCase("""{"name":"n","ratio":"1"}""", "body/ratio", "number_type")]
    [TestCase("""{"name":"n","ratio":1e999}""", "body/ratio", "out_of_range")]
    [TestCase("""{"name":"n","flag":1}""", "body/flag", "bool_type")]
    [TestCase("""{"name":"n","colour":"DarkRed"}""", "body/colour", "enum")]
    [TestCase("""{"name":"n","colour":0}""", "body/colour", "enum")]
    [TestCase("""{"name":"n","at":"31.1.2025"}""", "body/at", "datetime_type")]
    [TestCase("""{"name":"n","at":1738324800}""", "body/at", "datetime_type")]
    [TestCase("""{"name":"n","tags":"a"}""", "body/tags", "list_type")]
    [TestCase("""{"name":"n","tags":["a",null]}""", "body/tags/1", "string_type")]
    [TestCase("""{"name":"n","parts":null}""", "body/parts", "list_type")]
    [TestCase("""{"name":"n","parts":{"size":1}}""", "body/parts", "list_type")]
    [TestCase("""{"name":"n","few":1}""", "body/few", "list_type")]
    [TestCase("""{"name":"n","few":{"size":"x"}}""", "body/few/0/size", "int_type")]
    [TestCase("""{"name":"n","parts":[{"size":1},{"inner":[]}]}""", "body/parts/1/size", "missing")]
    [TestCase("""{"name":"n","parts":[{"size":1,"inner":[{"size":"x"}]}]}""", "body/parts/0/inner/0/size", "int_type")]
    [TestCase("""{"name":"n","parts":[7]}""", "body/parts/0", "object_type")]
    [TestCase("""{"name":"n","metadata":{"a":1}}""", "body/metadata/a", "string_type")]
    [TestCase("""{"name":"n","metadata":{"a":null}}""", "body/metadata/a", "string_type")]
    [TestCase("""{"name":"n","metadata":{"a":"1","a":"2"}}""", "body/metadata/a", "duplicate_field")]
    [TestCase("""{"name":"n","metadata":{"\ud800":"1"}}""", "body/metadata", "string_unicode")]
    [TestCase("""{"name":"n","metadata":[]}""", "body/metadata", "object_type")]
    [TestCase("""{"name":"n","name":"m"}""", "body/name", "duplicate_field")]
    [TestCase("""{"name":"n","given":null}""", "body/given", "string_type")]
    [TestCase("""{"name":"n","given":1}""", "body/given", "string_type")]
    [TestCase("""{"name":"n","elements":[{"source_url":"u"}]}""", "body/elements/0/type", "missing")]
    [TestCase("""{"name":"n","elements":[{"type":"video"}]}""", "body/elements/0/type", "enum")]
    [TestCase("""{"name":"n","elements":[{"type":3}]}""", "body/elements/0/type", "enum")]
    [TestCase("""{"name":"n","elements":[{"type":"image"}]}""", "body/elements/0/source_url", "missing")]
    [TestCase("""{"name":"n","elements":[{"type":"image","\ud800":1}]}""", "body/elements/0/source_url", "missing")]
    [TestCase("""{"name":"n","elements":[{"type":"text","text":"t","type":"image"}]}""", "body/elements/0/type", "duplicate_field")]
    [TestCase("""{"name":"n","elements":[{"type":"text","text":"t","elements":[{"source_url":1,"type":"image"}]}]}""", "body/elements/0/elements/0/source_url", "string_type")]
    [TestCase("""[]""", "body", "object_type")]
    [TestCase("""null""", "body", "object_type")]
    public void A_fault_of_shape_is_told_with_its_place(string body, string place, string type)
    {
        var (_, faults) = Read<Sample>(body);

        Assert.That(faults.Select(fault => (string.Join('/', fault.Loc), fault.Type)), Is.EqualTo(new[] { (place, type) }));
    }

    [Test]
    public void Every_fault_is_told_and_the_rest_is_bound()
    {
        var (sample, faults) = Read<Sample>(
            """{"count":"x","flag":"y","tags":["a",3,"c"],"parts":[{},{"size":4}],"note":"kept","metadata":{"a":1,"b":"2"}}""");

        Assert.Multiple(() =>
        {
            Assert.That(
                faults.Select(fault => string.Join('/', fault.Loc)),
                Is.EquivalentTo(new[] { "body/count", "body/flag", "body/tags/1", "body/parts/0/size", "body/metadata/a", "body/name" }));
            Assert.That(sample!.Note, Is.EqualTo("kept"));
            Assert.That(sample.Count, Is.EqualTo(7));
            Assert.That(sample.Tags, Is.EqualTo(new[] { "a", null, "c" }));
            Assert.That(sample.Parts[1].Size, Is.EqualTo(4));
            Assert.That(sample.Metadata, Is.EqualTo(new Dictionary<string, string> { ["b"] = "2" }));
        });
    }

    [Test]
    public void A_patch_tells_left_out_from_null_and_from_given()
    {
        var (sample, faults) = Read<Sample>("""{"name":"n","nullable":null}""");
        var given = Read<Sample>("""{"name":"n","given":"g"}""").Request!;

        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty);
            Assert.That(sample!.Given.IsGiven, Is.False);
            Assert.That(sample.Nullable.IsGiven, Is.True);
            Assert.That(sample.Nullable.Value, Is.Null);
            Assert.That(given.Given, Is.EqualTo(new Optional<string>("g")));
        });
    }

    [Test]
    public void The_variant_is_found_wherever_its_name_stands()
    {
        var (sample, faults) = Read<Sample>("""{"name":"n","elements":[{"source_url":"u","type":"image"},{"type":"text","text":"t"}]}""");

        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty);
            Assert.That(sample!.Elements, Is.EqualTo(new Element[] { new Picture { SourceUrl = "u" }, new Writing { Text = "t" } }));
        });
    }

    [TestCase("2025-01-31T12:00:00")]
    [TestCase("2025-01-31T12:00:00Z")]
    [TestCase("2025-01-31T14:00:00.000+02:00")]
    public void A_time_without_an_offset_is_utc(string time) =>
        Assert.That(Read<Sample>($$"""{"name":"n","at":"{{time}}"}""").Request!.At, Is.EqualTo(new DateTimeOffset(2025, 1, 31, 12, 0, 0, TimeSpan.Zero)));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"name\":\"n\",}")]
    [TestCase("{} {}")]
    [TestCase("// no\n{}")]
    [TestCase("name=n")]
    public void What_is_not_JSON_is_refused_as_a_whole(string body) =>
        Assert.That(Assert.Throws<RefusedException>(() => Read<Sample>(body))!.Error.Code, Is.EqualTo("invalid_request"));

    [Test]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<RefusedException>(() => Read<Sample>(new string('[', 65) + new string(']', 65)));

    [Test]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Throws<RefusedException>(() => Reader.Read([(byte)'"', 0xff, (byte)'"'], typeof(Sample), new()));

    [Test]
    public void Faults_are_bounded()
    {
        var (_, faults) = Read<Sample>($$"""{"name":"n","tags":[{{string.Join(',', Enumerable.Repeat("1", 5000))}}]}""");

        Assert.That(faults, Has.Count.EqualTo(ValidationError.MaxFaults));
    }

    [Test]
    public void An_enumerations_fault_names_what_is_expected()
    {
        var (_, faults) = Read<Sample>("""{"name":"n","colour":"blue"}""");

        Assert.That(JsonSerializer.Serialize(faults[0].Context), Is.EqualTo("""{"expected":["dark_red","green"]}"""));
    }

    [TestCase("""{"name":"n","few":{"size":3}}""")]
    [TestCase("""{"name":"n","few":[{"size":3}]}""")]
    public void One_may_stand_for_a_list_where_the_type_says_so(string body)
    {
        var (sample, faults) = Read<Sample>(body);

        Assert.That(faults, Is.Empty);
        Assert.That(sample!.Few.Select(part => part.Size), Is.EqualTo(new[] { 3 }));
    }

    [TestCase("""{"name":"n","colour":"dark-red"}""", "dark_red")]
    [TestCase("""{"name":"n","colour":"Grene"}""", "green")]
    [TestCase("""{"name":"n","colour":"ultramarine"}""", null)]
    [TestCase("""{"name":"n","colour":7}""", null)]
    public void A_misspelt_name_is_told_what_it_was_meant_to_be(string body, string? meant)
    {
        var (_, faults) = Read<Sample>(body);

        Assert.That(faults[0].Message, meant is null ? Does.Not.Contain("Did you mean") : Does.EndWith($"Did you mean '{meant}'?"));
    }

    static (T? Request, IReadOnlyList<ValidationFault> Faults) Read<T>(string body)
        where T : class
    {
        var faults = new RequestFaults();
        var request = Reader.Read(Encoding.UTF8.GetBytes(body), typeof(T), faults);
        return ((T?)request, faults.All);
    }
}
