namespace Framelane.Api.Conventions.Validation;

/// <summary>The stable words for kinds of fault of shape, and for the common ones of meaning.</summary>
static class FaultTypes
{
    public const string Missing = "missing";
    public const string Duplicate = "duplicate_field";
    public const string String = "string_type";
    public const string Unicode = "string_unicode";
    public const string Integer = "int_type";
    public const string Number = "number_type";
    public const string Bool = "bool_type";
    public const string List = "list_type";
    public const string Object = "object_type";
    public const string DateTime = "datetime_type";
    public const string Enum = "enum";
    public const string TooLong = "too_long";
    public const string TooShort = "too_short";
    public const string OutOfRange = "out_of_range";
    public const string Pattern = "pattern";
    public const string Cursor = "cursor_invalid";
    public const string Invalid = "invalid";
}
