using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Framelane.Application.Common;

/// <summary>
/// Times are written in UTC with six decimals and a <c>Z</c>, so that they also sort as text. One that is read without an offset is UTC
/// too, and not the time of wherever the server stands.
/// </summary>
sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTime() is { Kind: DateTimeKind.Unspecified } utc
            ? new(utc, TimeSpan.Zero)
            : reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
}
