using System.Text.Json.Nodes;
using Framelane.Domain.Events;

namespace Framelane.Api.Tests.OpenApi;

/// <summary>Schemas say what the wire and the validators do.</summary>
public sealed class SchemaTests
{
    [Test]
    public void Names_are_snake_case_with_titles() => Assert.Multiple(() =>
    {
        foreach (var (schema, property, definition) in Properties())
        {
            Assert.That(property, Does.Match("^[a-z0-9]+(_[a-z0-9]+)*$"), schema);
            if (definition["$ref"] is null && definition["oneOf"] is null)
                Assert.That((string?)definition["title"], Is.Not.Null.And.Not.Empty, $"{schema}.{property}");
        }
    });

    [Test]
    public void Objects_take_fields_that_are_not_known_yet() => Assert.Multiple(() =>
    {
        foreach (var (name, schema) in OpenApiHost.Document["components"]!["schemas"]!.AsObject())
            Assert.That(schema!["additionalProperties"]?.GetValueKind(), Is.Not.EqualTo(System.Text.Json.JsonValueKind.False), name);
    });

    [Test]
    public void Answers_always_have_all_their_fields_and_say_which_may_be_null()
    {
        var webhook = OpenApiHost.Schema("WebhookResponse");

        Assert.That(Names(webhook["required"]), Is.EquivalentTo(webhook["properties"]!.AsObject().Select(property => property.Key)));
        Assert.That(Names(webhook["properties"]!["disabled_reason"]!["type"]), Is.EquivalentTo(new[] { "string", "null" }));
        Assert.That((string?)webhook["properties"]!["id"]!["type"], Is.EqualTo("string"));
    }

    [Test]
    public void No_answer_but_two_holds_a_secret_and_three_a_key() => Assert.That(
        Properties().Where(property => property.Property is "secret" or "key" or "api_key").Select(property => $"{property.Schema}.{property.Property}"),
        Is.EquivalentTo(new[] { "WebhookCreatedResponse.secret", "WebhookRotateResponse.secret", "ApiKeyCreatedResponse.key", "SignupResponse.api_key", "SyncSessionResponse.api_key" }));

    [Test]
    public void Limits_are_those_of_the_validators()
    {
        var create = OpenApiHost.Schema("CreateWebhookRequest")["properties"]!;
        var update = OpenApiHost.Schema("UpdateWebhookRequest")["properties"]!;
        var grace = OpenApiHost.Schema("RotateWebhookSecretRequest")["properties"]!["grace_period_seconds"]!;
        var name = OpenApiHost.Schema("CreateApiKeyRequest")["properties"]!["name"]!;

        Assert.Multiple(() =>
        {
            foreach (var body in new[] { create, update })
            {
                Assert.That((int?)body["url"]!["minLength"], Is.EqualTo(1));
                Assert.That((int?)body["url"]!["maxLength"], Is.EqualTo(2083));
                Assert.That((string?)body["url"]!["format"], Is.EqualTo("uri"));
                Assert.That((int?)body["description"]!["maxLength"], Is.EqualTo(1000));
                Assert.That((int?)body["events"]!["minItems"], Is.EqualTo(1));
                Assert.That(Names(body["events"]!["items"]!["enum"]), Is.EqualTo(EventTypes.All));
            }

            Assert.That((decimal?)grace["minimum"], Is.Zero);
            Assert.That((decimal?)grace["maximum"], Is.EqualTo(604_800));
            Assert.That((int?)grace["default"], Is.Zero);
            Assert.That((int?)name["minLength"], Is.EqualTo(1));
            Assert.That((int?)name["maxLength"], Is.EqualTo(255));
        });
    }

    [TestCase("CreateRenderRequest", "duration")]
    [TestCase("ImageElement", "duration")]
    [TestCase("ElementMotion", "duration")]
    [TestCase("SceneTransition", "duration")]
    public void What_must_be_above_its_least_is_told_by_an_exclusive_minimum(string schema, string property)
    {
        var told = OpenApiHost.Schema(schema)["properties"]![property]!;

        Assert.That(told["exclusiveMinimum"]?.ToJsonString(), Is.EqualTo("0"));
        Assert.That(told["minimum"], Is.Null);
    }

    [Test]
    public void What_may_be_its_least_has_a_minimum()
    {
        var rate = OpenApiHost.Schema("CreateRenderRequest")["properties"]!["frame_rate"]!;

        Assert.That((rate["minimum"]?.ToJsonString(), rate["exclusiveMinimum"]), Is.EqualTo(("1", (JsonNode?)null)));
    }

    [Test]
    public void Lengths_are_said_to_be_counted_in_code_units() =>
        Assert.That((string?)OpenApiHost.Document["info"]!["description"], Does.Contain("UTF-16 code units"));

    [Test]
    public void Fields_of_a_patch_may_be_left_out_and_only_the_description_may_be_null()
    {
        var update = OpenApiHost.Schema("UpdateWebhookRequest");

        Assert.That(update["required"], Is.Null);
        Assert.That(
            update["properties"]!.AsObject().Where(property => property.Value!["type"] is JsonArray).Select(property => property.Key),
            Is.EqualTo(new[] { "description" }));
    }

    [Test]
    public void Required_field_of_a_request_is_required()
    {
        Assert.That(Names(OpenApiHost.Schema("CreateWebhookRequest")["required"]), Is.EqualTo(new[] { "url" }));
        Assert.That((bool?)OpenApiHost.Schema("CreateWebhookRequest")["properties"]!["enabled"]!["default"], Is.True);
    }

    [Test]
    public void Values_of_an_enum_are_those_of_the_wire() =>
        Assert.That(
            Names(OpenApiHost.Schema("AttemptStatus")["enum"]),
            Is.EqualTo(new[] { "pending", "succeeded", "failed", "dead_lettered" }));

    static IEnumerable<(string Schema, string Property, JsonNode Definition)> Properties() =>
        from schema in OpenApiHost.Document["components"]!["schemas"]!.AsObject()
        from property in schema.Value!["properties"]?.AsObject() ?? []
        select (schema.Key, property.Key, property.Value!);

    static IEnumerable<string> Names(JsonNode? array) => array!.AsArray().Select(name => (string)name!);
}
