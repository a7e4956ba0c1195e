from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_voice_memos"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["taken_on", "id"], name="photos_of_a_day"),
        ),
        # Left to Django, SQLite would write the whole table anew to be rid of one index.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="photo", name="taken_on", field=models.DateField()
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS library_photo_taken_on_1ef0e70c",
                    "CREATE INDEX library_photo_taken_on_1ef0e70c ON library_photo (taken_on)",
                ),
            ],
        ),
    ]
